"""The words of notices that scripts show."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from offline import notices as of_scripts
from pictures.serving import kept


@require_safe
@login_not_required
def notices(request: HttpRequest, language: str, mark: str) -> HttpResponse:
    """JSON, which no page of somebody else's network can be taken for. Who asks with the mark of
    another release gets the words of this one."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    response = JsonResponse({"html": of_scripts.words(language)})
    return kept(response, is_it=mark == of_scripts.mark(language))
