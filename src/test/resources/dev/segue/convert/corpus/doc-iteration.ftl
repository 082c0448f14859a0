<#list gets("/app/upstream/*") as kv>

    server ${kv.value}; # ${base(kv.key)}
</#list>

<#list gets("/app/upstream/*") as kv>
${base(kv.key)}=${kv.value}
</#list>
