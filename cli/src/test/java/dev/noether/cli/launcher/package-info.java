/** The launcher {@code ./noether}, run by a real shell with stand-ins for Java and Maven. */
@NullMarked
package dev.noether.cli.launcher;

import org.jspecify.annotations.NullMarked;
