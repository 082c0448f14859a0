<#-- first -->

# text
<#-- indented
  over two lines -->
  
more <#-- within --> text<#-- trims -->end 
<#-- -- > and <#-- -->
