<#macro a value>

a ${value}
</#macro>

<#macro b>b</#macro>
<#-- The template itself: -->




<#list ls("/app") as name>

<@a name/><@b/><#nt>
</#list>

