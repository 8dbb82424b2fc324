"""Pages that belong to no room: home, search, health, robots, errors, the development post."""

from akademie.views.health import health
from akademie.views.home import home
from akademie.views.post import post_detail, post_list
from akademie.views.robots import favicon, robots
from akademie.views.search import search, search_suggestions

__all__ = ["favicon", "health", "home", "post_detail", "post_list", "robots", "search", "search_suggestions"]
