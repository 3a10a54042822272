/**
 * The console interface of the commands: progress line, exit codes, durations, output paths, log file and Ctrl-C. Uses
 * no other package of this module.
 */
@NullMarked
package dev.noether.cli.console;

import org.jspecify.annotations.NullMarked;
