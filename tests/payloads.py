"""Texts of somebody who wants a script to run in the browser of others.

`hit(N)` is what runs when one succeeds; `/canary/N` is asked for when one loads something; `1337` appears
when one is computed.
"""

from __future__ import annotations

_TEMPLATES = r"""
<script>hit(N)</script>
<ScRiPt >hit(N)</sCrIpT >
<script src=/canary/N></script>
<script src="data:text/javascript,hit(N)"></script>
<script/x>hit(N)</script/x>
<<script>script>hit(N)//<</script>
</title></textarea></script><script>hit(N)</script>
"><script>hit(N)</script>
'"><img src=/canary/N onerror=hit(N)>
<img src=x onerror=hit(N)>
<img src=x onerror=&#104;it(N)>
<img/src=x/onerror=hit(N)>
<img src="x` `<script>hit(N)</script>"` `>
<img srcset="/canary/N 1x" src=/canary/N>
<img src=/canary/N lowsrc=/canary/N dynsrc=/canary/N>
<image href=/canary/N onerror=hit(N)>
<picture><source srcset=/canary/N><img src=x></picture>
<svg onload=hit(N)></svg>
<svg><script>hit(N)</script></svg>
<svg><script href=/canary/N /></svg>
<svg><animate onbegin=hit(N) attributeName=x dur=1s>
<svg><set attributeName=onmouseover to=hit(N)>
<svg><a xlink:href="javascript:hit(N)"><text y=20>x</text></a></svg>
<svg><use href="data:image/svg+xml,<svg id=x onload=hit(N)/>#x"/></svg>
<svg><foreignObject><iframe srcdoc="<script>parent.hit(N)</script>"></iframe></foreignObject></svg>
<svg><style><img src=x onerror=hit(N)></style></svg>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=hit(N)&gt;">
<math><annotation-xml encoding="text/html"><script>hit(N)</script></annotation-xml></math>
<math href="javascript:hit(N)">klik</math>
<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=hit(N) src>">
<noscript><p title="</noscript><img src=x onerror=hit(N)>">
<template><script>hit(N)</script></template><img src=x onerror=hit(N)>
<xmp><p title="</xmp><img src=x onerror=hit(N)>">
<select><style></select><img src=x onerror=hit(N)></style>
<table><td background=/canary/N><input autofocus onfocus=hit(N)>
<iframe src="javascript:parent.hit(N)"></iframe>
<iframe srcdoc="<script>parent.hit(N)</script>"></iframe>
<object data="javascript:hit(N)"></object><embed src=/canary/N>
<base href=//evil.example/canary/N/>
<meta http-equiv=refresh content="0;url=/canary/N">
<link rel=stylesheet href=/canary/N><link rel=prefetch href=/canary/N>
<style>@import "/canary/N"; body{background:url(/canary/N)}</style>
<p style="background:url(/canary/N);position:fixed;inset:0">x</p>
<div style="width:expression(hit(N))">x</div>
<form action=/canary/N><button formaction="javascript:hit(N)">kirim</button></form>
<input type=image src=/canary/N onerror=hit(N)>
<video><source onerror=hit(N) src=x></video><audio src=x onerror=hit(N)>
<video poster=/canary/N></video>
<details open ontoggle=hit(N)>x</details>
<body onload=hit(N)><body onpageshow=hit(N)>
<marquee onstart=hit(N)>x</marquee>
<a href="javascript:hit(N)" autofocus onfocus=hit(N)>klik</a>
<a href="java&#x09;script:hit(N)">klik</a>
<a href="&#106;avascript&colon;hit(N)">klik</a>
<a href=" javascript:hit(N)">klik</a>
<a href="data:text/html,<script>hit(N)</script>">klik</a>
<a href="vbscript:hit(N)">klik</a>
<a href="//evil.example/N" ping=/canary/N>klik</a>
[klik](javascript:hit(N))
[klik](JaVaScRiPt:hit(N))
[klik](java	script:hit(N))
[klik](&#106;avascript:hit(N))
[klik](<javascript:hit(N)>)
[klik](javascript&colon;hit%28N%29)
[klik](data:text/html;base64,PHNjcmlwdD5oaXQoTik8L3NjcmlwdD4=)
[klik](vbscript:hit(N))
[klik](//evil.example/N)
[klik](\\evil.example/N)
[klik](x "\" onmouseover=hit(N) x=\"")
[klik][rN]¶¶[rN]: javascript:hit(N) "x"
![x](javascript:hit(N))
![x](/canary/N)
![x](aset/x.png" onerror="hit(N))
![x" onerror="hit(N)](aset/x.png)
<javascript:hit(N)>
<https://x.example/"onmouseover=hit(N)>
Catatan[^nN]¶¶[^nN]: <img src=x onerror=hit(N)> [k](javascript:hit(N))
Catatan[^"onx=hit(N)]¶¶[^"onx=hit(N)]: <script>hit(N)</script>
# Judul {onclick=hit(N) id=x style=background:url(/canary/N)}
Teks {: onclick=hit(N) .kelas #x href=javascript:hit(N) }
*[HTMLN]: <script>hit(N)</script>" onmouseover="hit(N)¶¶HTMLN
Istilah N¶:   <img src=x onerror=hit(N)>
```html" onload="hit(N)¶<script>hit(N)</script>¶```
``` {.x onclick=hit(N)}¶x¶```
| a | b |¶|---|---|¶| <img src=x onerror=hit(N)> | [k](javascript:hit(N)) |
- [ ] <script>hit(N)</script>
> <script>hit(N)</script>¶> - <img src=x onerror=hit(N)>
<!-- <img src=x onerror=hit(N)> -->
<!--><img src=x onerror=hit(N)>-->
<![CDATA[<img src=x onerror=hit(N)>]]>
<?xml-stylesheet href="/canary/N"?><?php hit(N) ?>
&lt;script&gt;hit(N)&lt;/script&gt;
&#60;img src=x onerror=hit(N)&#62;
＜script＞hit(N)＜/script＞
<scr<script>ipt>hit(N)</scr</script>ipt>
<ſcript>hit(N)</ſcript>
<img src=x onerror=hit(N)
{{7*191}} ${7*191} <%= 7*191 %> #{7*191} {% if 1 %}x{% endif %}
{{ config }} {{ ''.__class__.__mro__ }} {{ hit(N) }}
$$\href{javascript:hit(N)}{x}$$ $\unicode{<img src=x onerror=hit(N)>}$
$$\text{</math><img src=x onerror=hit(N)>}$$
/// penting | <img src=x onerror=hit(N)>¶isi¶///
/// html | div[onclick="hit(N)"]¶isi¶///
/// details | <script>hit(N)</script>¶    open: True¶isi¶///
[klik](materi:x"onmouseover="hit(N))
"""

PAYLOADS: list[str] = [
    line.replace("¶", "\n").replace("N)", f"{number})").replace("/N", f"/{number}")
    for number, line in enumerate(_TEMPLATES.strip().split("\n"), 1)
]
"""Each with its number in what it calls."""
