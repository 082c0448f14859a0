<#assign v = getv("/app/name")>
${v} <#assign v = go.value(gets("/app/upstream/*"))>${v} <#assign v = 3>${v} <#if go.truth(v)>${v}</#if> <#assign v = go.json(getv("/json/object"))>${v.host} ${go.len(v)}
<#assign dir2 = dir("/a/b")>
${dir2} <#assign base2 = base("/a/b")>${base2} <#assign index = 1>${index} <#assign list = ls("/app")>${go.print(list)} <#assign in2 = 1>${in2} <#assign go2 = "go">${go2} <#assign true2 = "t">${true2}
<#assign m = go.map("kv", get("/app/name"), "l", ls("/app"), "s", "x", "n", 1)>
${m.kv.Value} ${m.l} ${go.index(m.l, 0)} ${m.s} ${m.n} ${go.eq(m.n, 1)} ${toUpper(m.s)} ${m} <#list m.l as item>${item},</#list> ${join(m.l, "+")}
