servers = [<#list getvs("/app/upstream/*") as s><#if s?index != 0>, </#if>"${s}"</#list>]
