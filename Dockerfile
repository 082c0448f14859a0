# nginx with Segue beside it. Build and run:
#   docker build -t segue-nginx .
#   docker run -p 8000:80 segue-nginx http://host:2379
ARG NGINX_TAG=1.30

FROM maven:3-eclipse-temurin-25 AS jar
WORKDIR /build
COPY pom.xml ./
COPY .mvn .mvn
COPY src/main src/main
# Style and lints are judged where the tests run, not in every build of the image.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -q -B -ntp package -DskipTests -Dspotless.check.skip -P '!error-prone'

FROM eclipse-temurin:25-jdk AS segue
WORKDIR /opt/segue
# java.xml: output_format; jdk.naming.dns: SRV records; jdk.unsupported: Netty, protobuf, and signals. RuntimeTest holds that Segue
# needs no more. Neither a compressed module nor the JDK's own class data costs a start anything, as the archive holds what a start takes.
RUN jlink --add-modules java.base,java.logging,java.management,java.naming,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.naming.dns,jdk.unsupported \
      --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-9 --output runtime \
 && strip --strip-unneeded runtime/lib/server/libjvm.so runtime/lib/*.so
COPY --from=jar /build/target/segue.jar lib/segue.jar
COPY bin/segue bin/segue
# The archive fits this runtime, this jar and the options in bin/segue, and nothing else.
RUN JAVA_HOME= bin/segue --make-archive /opt/segue/lib/segue.archive

FROM nginx:${NGINX_TAG}
LABEL org.opencontainers.image.title="segue-nginx" \
      org.opencontainers.image.description="nginx, kept in step with etcd by Segue" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends dumb-init > /dev/null \
 && rm -rf /var/lib/apt/lists/* /var/lib/dpkg/*-old /var/cache/apt /var/cache/debconf /var/log/apt /var/log/dpkg.log \
      /etc/nginx/conf.d/default.conf
COPY --from=segue /opt/segue /opt/segue
COPY LICENSE /opt/segue/LICENSE
COPY bin/nginx-check src/image/segue-entrypoint /usr/local/bin/
COPY conf.d /etc/segue/conf.d
COPY templates /etc/segue/templates
COPY src/image/app.conf /etc/nginx/conf.d/app.conf
RUN ln -s /opt/segue/bin/segue /usr/local/bin/segue && nginx -t -q

# TERM stops Segue, which then stops nginx its own way, by QUIT. nginx's image has QUIT here, which to Java means "print your
# threads" and which it lets nobody handle; so dumb-init, which reaps lost children as tini does, turns QUIT into TERM.
STOPSIGNAL SIGTERM
ENTRYPOINT ["dumb-init", "--single-child", "--rewrite", "3:15", "--", "segue-entrypoint"]
