<#list ls("/sites") as name>

<#assign site = name>
  
  
<#list gets("/sites/${site}/servers/*") as kv>
    
<#if kv.value == "">
      empty
    
<#else>
      ${kv.value}
    
</#if>
  
</#list>
</#list>

