/**
 * The commands {@code evaluate}, {@code reproduce} and {@code bench} with their options. May use all packages of this
 * module.
 */
@NullMarked
package dev.noether.lab.command;

import org.jspecify.annotations.NullMarked;
