<#macro tree item><#list item as k, v>${k}(<#if go.eq(k, "nested", "deep")><@tree v/><#else>${v}</#if>)</#list></#macro>
<#-- The template itself: -->
<@tree go.json(getv("/json/object"))/><#nt>
