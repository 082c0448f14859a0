<#assign name = getv("/app/name")>
<#if name != "">name ${name}</#if> <#if getv("/empty") != "">x<#else>empty <no value></#if> <#assign n = getv("/app/name")><#if n != "">${n} ${n}</#if> <#assign kv = get("/app/name")><#if kv?has_content>${kv.key}=${kv.value}</#if>
<#assign data = go.json(getv("/json/object"))>
<#if go.truth(data)>${data.host}:${data.port}<#if go.truth(data.nested)> ${data.nested.deep}<#if go.truth(data.nested.deep)>${data.nested.deep.er}</#if></#if><#if go.truth(data.missing)>x<#else> ${data.host}</#if></#if> <#if 3 != 0>3</#if> <#assign isSet = exists("/app/name")><#if isSet>${isSet}</#if>
<#assign kvs = gets("/app/upstream/*")>
<#if kvs?has_content>

<#list kvs as kv>

${kv.value}
</#list>

</#if>

<#assign port = getv("/app/port", "")>
<#if port != "">port ${port}<#else>no port</#if> <#if false>x<#else>y</#if>
