${add(1, 2)} ${sub(5, 7)} ${mul(3, -4)} ${div(7, 2)} ${mod(7, 2)} ${atoi("42")} ${add(atoi("1"), 1)}
<#list seq(1, 3) as i>worker-${i} </#list><#list seq(3, 1) as i>never</#list>
<#assign n = atoi(getv("/number"))>
${mul(n, n)} <#if n gt 10>many<#elseif n == 10>ten<#else>few</#if>
