<#list gets("/app/upstream/*") as kv><#if kv?index != 0>

</#if><#assign parts = split(kv.value, ":")><#if parts?has_content>${parts[0]}<#if parts?size gt 1> port ${parts[1]}</#if></#if></#list>
<#assign m = go.map("a", getv("/app/name"), "b", gets("/app/upstream/*"))>
<#list m.b as item>${item.Key}</#list><#if go.truth(m)>${m.a}${go.len(m.b)}</#if> ${go.len(m.a)} <#list m as k, v>${k}</#list>
<#if getv("/level", "x") == "debug" || getv("/level", "x") == "x" || false>lvl</#if> <#if ls("/sites")?size == 2>two</#if> <#list seq(1, ls("/sites")?size) as i>${i}</#list>
<#assign list = go.jsonArray(getv("/json/array"))>
<#list list as item><#if go.printf("%v", item) == "a">A<#else>${item}</#if>;</#list> ${list[0]} ${go.slice(getv("/app/name"), 1)} ${go.html(go.print(getv("/weird"), 1))}
<#list split(getv("/app/db/url"), ".") as a>
- ${a}
</#list>
<#assign name = getv("/app/name")>
<#if name != ""><#assign y = name><#list ls("/app") as name2><#if name2 == "name">${y}<no value></#if></#list></#if>
