<#if exists("/app/name") && exists("/app/port")>both<#elseif exists("/app/name") || exists("/no")>one<#else>none</#if>
<#if !exists("/no")>not</#if> <#if getv("/app/name") != "" && getv("/empty") == "">x</#if> <#if getv("/empty") != "" || getvs("/none/*")?has_content>y<#else>z</#if>
<#if !exists("/app/name") || !exists("/no")>nand</#if> <#if "a" != "b">ne</#if> <#if (exists("/a") || exists("/app/name")) && getv("/app/name") != "x">mixed</#if>
<#if !exists("/no")>piped</#if>
