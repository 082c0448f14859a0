<#--
  Apache httpd (2.4) in front of the servers below /app/upstream. The only thing of theirs that gets in here is what endpoints()
  has parsed, so whoever may write a key cannot write directives.

  APACHE_SITE in Segue's environment is the address of the virtual host, "*:80" without it (Listen is in ports.conf);
  APACHE_VERIFY_PORT the port of 127.0.0.1 on which this Apache tells Segue what it serves, 9104 without it.
-->
<#assign servers = endpoints("/app/upstream/*")>
<#-- A bad value is left out. When there are only bad ones this fails and names one, and Apache keeps the servers that it knows. -->
<#if !servers?has_content>
<#assign servers = endpoints("/app/upstream/*", "fail")>
</#if>
# Written by Segue from /app/upstream: edit the template, not this file.
<VirtualHost ${getenv("APACHE_SITE", "*:80")}>
<#if servers?has_content>
    <Proxy "balancer://app">
<#-- Until its key is gone, a server that fails is left out for 2 s at a time. Kept connections are dropped before a server's own
     idle limit (5 s is common) can close them under a request. -->
<#list servers as server>
        BalancerMember "http://${server}" connectiontimeout=2 retry=2 ttl=4
</#list>
    </Proxy>
    ProxyPass "/" "balancer://app/"
    ProxyPreserveHost On
    RequestHeader set X-Forwarded-Proto "expr=%{REQUEST_SCHEME}"
<#else>
    ErrorDocument 503 "No application server is registered."
    Redirect 503 "/"
</#if>
</VirtualHost>

<#-- What this Apache serves, for verify_url: in a header of a page that is there anyway. Only this machine gets to ask. While a
     file is checked two of them are read, and Listen may not be there twice. -->
<IfDefine !SegueCheck>
    Listen 127.0.0.1:${getenv("APACHE_VERIFY_PORT", "9104")}
</IfDefine>
<VirtualHost 127.0.0.1:${getenv("APACHE_VERIFY_PORT", "9104")}>
    <Location "/">
        SetHandler server-status
        Header set Segue-Digest "${digest()}"
    </Location>
</VirtualHost>
