<#if exists("/app/name")>


two

</#if>


<#if exists("/no")>
</#if>

  <#if exists("/app/name")>  </#if><#nt>
end