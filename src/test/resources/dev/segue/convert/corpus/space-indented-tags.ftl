a {
    
<#list getvs("/app/upstream/*") as value>
    server ${value};
    
</#list>
    
<#if exists("/app/name")>
    yes
    
</#if>
    
<#if exists("/no")>
    no
    
<#else>
    else
    
</#if>
}
