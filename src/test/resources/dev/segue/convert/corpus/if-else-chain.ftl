<#assign level = getv("/level", "info")>
<#if level == "debug">

log debug;<#elseif level == "info">
log info;<#else><#assign x = getv("/other", "")><#if x != "">
log ${x};<#else>
log warn;</#if></#if>
<#assign y = getv("/app/name")>
<#if y != "">${y}</#if> <#if exists("/no")>${""}<#else>else only</#if>
