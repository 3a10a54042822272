package dev.noether.cli.tail;

import java.util.function.Supplier;

/**
 * A record that is to be shown.
 *
 * @param time its time, milliseconds since 1970 UTC
 * @param line makes its line
 */
record TailEntry(long time, Supplier<String> line) {}
