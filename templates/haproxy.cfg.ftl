<#--
  HAProxy (2.2 or newer) in front of the servers below /app/upstream: all of its configuration. The only thing of theirs that gets
  in here is what endpoints() has parsed, so whoever may write a key cannot write directives.

  HAPROXY_LISTEN in Segue's environment is the address to listen on, ":80" without it; HAPROXY_VERIFY_PORT the port of 127.0.0.1
  on which this HAProxy tells Segue what it serves, 9104 without it.
-->
<#assign servers = endpoints("/app/upstream/*")>
<#-- A bad value is left out. When there are only bad ones this fails and names one, and HAProxy keeps the servers that it knows. -->
<#if !servers?has_content>
<#assign servers = endpoints("/app/upstream/*", "fail")>
</#if>
# Written by Segue from /app/upstream: edit the template, not this file.
defaults
    mode http
    timeout connect 2s
    timeout client 60s
    timeout server 60s
<#-- A process that has to go waits this long for the next request of a kept connection, so that it need not cut one off. -->
    timeout http-keep-alive 2s
    option idle-close-on-response
    option forwardfor
<#-- A server that is just going costs nobody a request: the next one is asked. -->
    retries 2
    option redispatch 1

frontend app
    bind ${getenv("HAPROXY_LISTEN", ":80")}
<#if servers?has_content>
    default_backend app

backend app
    balance roundrobin
<#list servers as server>
    server ${server.name} ${server}
</#list>
<#else>
    http-request return status 503 content-type text/plain hdr Retry-After 5 string "No application server is registered."
</#if>

<#-- What this HAProxy serves, for verify_url. Only this machine gets to ask. -->
frontend segue
    bind 127.0.0.1:${getenv("HAPROXY_VERIFY_PORT", "9104")}
    http-request return status 200 content-type text/plain string "${digest()}"
