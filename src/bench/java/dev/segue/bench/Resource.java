package dev.segue.bench;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One file to keep in step: what is rendered (the name of a template of src/bench/templates, which has one for each contestant),
 * from the keys below {@code prefix}/upstream, to where, and the command to run after it changed.
 */
record Resource(String name, String template, String prefix, Path dest, Optional<String> reload) {}
