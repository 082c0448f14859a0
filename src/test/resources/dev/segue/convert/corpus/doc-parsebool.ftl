<#if parseBool(getv("/flag"))>on<#else>off</#if>
