<#list gets("/none/*") as kv>

${kv.key}
<#else>

nothing here
</#list>

<#list gets("/app/upstream/*") as kv><#if kv?index != 0>,</#if>${kv.key}<#else>none</#list>
