a {
<#list getvs("/app/upstream/*") as value>
    server ${value};
</#list>
<#if exists("/app/name")>
    yes
<#else>
    no
</#if>
}
