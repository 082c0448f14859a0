<#if getv("/empty") != "">full<#else>empty</#if> <#if getvs("/none/*")?has_content>some<#else>none</#if> <#if gets("/app/upstream/*")?has_content>some<#else>none</#if>
<#if get("/app/name")?has_content>there</#if> <#if go.truth(go.json(getv("/json/object")))>object</#if> <#if atoi(getv("/number")) != 0>number</#if> <#if getv("/empty") == "">not</#if>
<#assign d = go.json(getv("/json/object"))>
<#if go.truth(d.host)>host</#if><#if go.truth(d.missing)>x<#else>-</#if><#if go.truth(d.nothing)>x<#else>-</#if><#if go.truth(d.yes)>yes</#if><#if go.truth(d.zero)>x<#else>-</#if><#if go.truth(d.none)>x<#else>-</#if><#if go.truth(d.users)>users</#if><#if !go.truth(d.users)>no users</#if>
