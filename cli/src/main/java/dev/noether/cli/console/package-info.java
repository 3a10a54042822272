/**
 * How the commands speak: the progress line, the exit codes, durations, the log file, Ctrl-C. Uses no other package of this
 * module.
 */
@NullMarked
package dev.noether.cli.console;

import org.jspecify.annotations.NullMarked;
