"""The pages of the vocabulary; what hangs on a topic is shown through windows of the rooms above."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from foundation.kit.pagecache import public_page
from foundation.topics.models import Topic


@require_safe
@public_page
def topic_list(request):
    topics = Topic.objects.with_things_for(request.user).alphabetical()
    return render(request, "topics/topic_list.html", {"topics": topics})


@require_safe
@public_page
def topic_detail(request, slug):
    topic = get_object_or_404(Topic.objects.with_things_for(request.user), slug=slug)
    return render(request, "topics/topic_detail.html", {"topic": topic})
