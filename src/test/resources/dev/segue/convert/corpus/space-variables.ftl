<#assign a = getv("/app/name")>
<#assign b = "x">
<#assign c = 3>


  
${a} ${b} ${c}
<#assign a = "new">

${a}

<#assign d = 1>
