/**
 * The demonstration from end to end, and its report. May use every package but {@code command}.
 */
@NullMarked
package dev.noether.cli.demo;

import org.jspecify.annotations.NullMarked;
