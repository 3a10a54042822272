/** The commands {@code evaluate}, {@code reproduce} and {@code bench} with their options. */
@NullMarked
package dev.noether.lab.command;

import org.jspecify.annotations.NullMarked;
