<#--
  nginx in front of the servers below /app/upstream. The only thing of theirs that gets in here is what endpoints() has parsed:
  hosts, ports and harmless names, so whoever may write a key cannot write nginx directives.

  NGINX_LISTEN in Segue's environment is the address or port to listen on, 80 without it; NGINX_VERIFY_PORT the port of 127.0.0.1
  on which this nginx tells Segue what it serves, 9104 without it.
  FreeMarker's own is only what has braces after the dollar sign: $host and the like are nginx's.
-->
<#assign servers = endpoints("/app/upstream/*")>
<#-- A bad value is left out. When there are only bad ones this fails and names one, and nginx keeps the servers that it knows. -->
<#if !servers?has_content>
<#assign servers = endpoints("/app/upstream/*", "fail")>
</#if>
# Written by Segue from /app/upstream: edit the template, not this file.
<#if servers?has_content>
upstream app {
<#-- One round robin for all workers, else each of them counts for itself. An address takes less than 1 KiB; a name may have two. -->
    zone app ${64 + 2 * servers?size}k;
<#list servers as server>
<#-- Until its key is gone, a server that fails is left out for 2 s at a time: nginx's 10 s are long for a mere restart. -->
    server ${server} max_fails=1 fail_timeout=2s; # ${server.name}
</#list>
<#-- Kept connections, dropped before a server's own idle limit (5 s is common) can close them under a request. -->
    keepalive 32;
    keepalive_timeout 4s;
}

</#if>
server {
    listen ${getenv("NGINX_LISTEN", "80")};
    server_name _;

    location / {
<#if servers?has_content>
        proxy_pass http://app;
<#-- Both are needed for kept connections to the servers. -->
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
<#-- A server that is just going costs nobody a request: the next one is asked. Never again for a POST that was sent, which may
     have been carried out; and within 10 s, so that an outage of all is not a queue. -->
        proxy_connect_timeout 2s;
        proxy_next_upstream error timeout;
        proxy_next_upstream_timeout 10s;
<#else>
        default_type text/plain;
        add_header Retry-After 5 always;
        return 503 "No application server is registered.\n";
</#if>
    }
}

<#-- What this nginx serves, for verify_url: the old digest until the reload has reached the worker that answers. Only this machine
     gets to ask. -->
server {
    listen 127.0.0.1:${getenv("NGINX_VERIFY_PORT", "9104")};
    access_log off;

    location / {
        default_type text/plain;
        return 200 "${digest()}\n";
    }
}
