<#list go.json(getv("/json/object")) as k, v>
${k}=${v}
</#list>
<#list go.json(getv("/json/object")) as item>[${item}]</#list>
<#assign d = go.json(getv("/json/object"))>
<#list d.users as item>${item.name} </#list><#list d.users as i, u>${i}${u.name} </#list><#list d.nested as k, v>${k}${v} </#list>
<#list d.missing as item>x<#else>nothing</#list> <#list d.nothing as item>x<#else>null</#list> <#list d.none as item>x<#else>empty</#list> <#list go.jsonArray(getv("/json/array")) as i, e>${i}:${e} </#list>
<#list go.map("b", 1, "a", "x") as k, v>${k}${v}</#list> <#list go.nil() as nothing>x<#else>dot</#list>
