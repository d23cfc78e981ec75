from django.http import HttpResponse
def show(request, **k): return HttpResponse("")
scores = latest = preview = rewrite = issue = download = refresh = verify = refresh_download = show
