package dev.segue.render.functions;

import dev.segue.dns.Dns;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What templates can see besides keys. Everything in it may be called from several threads at once.
 *
 * @param environment the value of an environment variable, empty if it is not set
 * @param zone in which times are printed
 * @param hostName this machine's name
 */
public record Outside(
        Function<String, Optional<String>> environment,
        InstantSource clock,
        ZoneId zone,
        Dns dns,
        Supplier<String> hostName) {}
