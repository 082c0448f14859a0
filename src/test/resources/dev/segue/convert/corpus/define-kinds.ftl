<#macro kv kv2>${kv2.key}=${kv2.value}</#macro>

<#macro mixed item>[${item}]<#if go.truth(item)>t</#if></#macro>

<#macro none>nothing <no value></#macro>

<#macro vars value><#local x = value><#list split(x, ",") as e>${e?index}${e}</#list>${value}</#macro>

<#macro inline value>in ${value}</#macro>
<#-- The template itself: -->
<#list gets("/app/upstream/*") as kv2><@kv kv2/> </#list><#nt>
<@mixed "text"/> <@mixed 3/> <@mixed go.value(getvs("/app/upstream/*"))/> <@mixed go.value(get("/app/name"))/> <@mixed go.nil()/> <@mixed go.nil()/><#nt>
<@none/> <@vars "a,b"/> <@inline getv("/app/name")/><#nt>
