${"x-" + toUpper(getv("/app/name"))} ${go.len(getv("/app/name"))} ${go.print(getvs("/app/upstream/*"))}
<#list reverse(gets("/app/upstream/*")) as kv>${kv.key} </#list><#if "app" == getv("/app/name")>app</#if> <#assign x = toUpper("a")>${x} ${getv("/app/name")} ${get("/app/name").value}
