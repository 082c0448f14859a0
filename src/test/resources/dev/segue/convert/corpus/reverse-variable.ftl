<#assign l = getvs("/app/upstream/*")>
<#list reverse(l) as value>${value} </#list><#assign values = ls("/app")><#if values?has_content><#list reverse(values) as value>${value} </#list></#if>${go.print(reverse(gets("/app/upstream/*")))}
