<#if getv("/empty") != "">x<#else><#assign name = getv("/app/name")><#if name != "">${name}</#if></#if>
