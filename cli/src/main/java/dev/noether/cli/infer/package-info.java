/**
 * Recognises what a topic holds: format, entity, time and features of its records. Writes a detector file with the reason
 * of each guess.
 */
@NullMarked
package dev.noether.cli.infer;

import org.jspecify.annotations.NullMarked;
