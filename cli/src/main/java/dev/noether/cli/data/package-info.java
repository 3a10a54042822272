/**
 * Recorded streams on disk: a folder with one subfolder per entity, each with a training and a test file.
 *
 * <p>Reads comma-separated text, plain or compressed by gzip, row by row. Plain Java; may use {@code console}.
 */
@NullMarked
package dev.noether.cli.data;

import org.jspecify.annotations.NullMarked;
