/** Tests of the launcher {@code ./noether}: a real shell runs it with fake Java and Maven programs. */
@NullMarked
package dev.noether.cli.launcher;

import org.jspecify.annotations.NullMarked;
