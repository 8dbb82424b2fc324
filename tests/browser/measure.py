"""What is wrong with a page: things that jump, things that stick out, and what axe finds."""

from functools import cache

from django.conf import settings

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {
    "light": {"type": "tag", "values": TAGS},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},  # all that colours decide
}
# How much wider than the screen the page is, in pixels.
OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# How far things moved while the page was built, as browsers count it (cumulative layout shift).
SHIFT = """async () => {
  await document.fonts.ready
  const moved = []
  await new Promise(done => {
    const observer = new PerformanceObserver(list => moved.push(...list.getEntries()))
    observer.observe({type: "layout-shift", buffered: true})
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))
  })
  return moved.reduce((sum, entry) => sum + entry.value, 0)
}"""
SOUND = {"shift": 0, "overhang": 0, "light": [], "dark": []}


# With the schemes changed, colours may still be on their way (Django's admin does that).
RUN = """rules => {
  for (const animation of document.getAnimations()) animation.finish()
  return axe.run({runOnly: rules, resultTypes: ["violations"]})
}"""


@cache
def axe():
    return (settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js").read_text()


def measure(page, watch):
    """The page as it stands now, by day and by night; a sound one gives SOUND."""
    # To the third digit: what is left under load (0.0003) is a fraction of a pixel.
    found = {"shift": round(page.evaluate(SHIFT), 3), "overhang": page.evaluate(OVERHANG)}
    watch.is_resting = True  # axe tries inline styles, which the page's policy refuses
    page.evaluate(axe())
    for scheme, rules in AXE.items():
        page.emulate_media(color_scheme=scheme)
        broken = page.evaluate(RUN, rules)["violations"]
        found[scheme] = [f"{rule['id']} at {node['target'][0]}" for rule in broken for node in rule["nodes"]]
    watch.is_resting = False
    return found
