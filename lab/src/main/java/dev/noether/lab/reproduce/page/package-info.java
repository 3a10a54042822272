/**
 * The HTML page of a reproduction, one class for each section. Uses {@code lab.html} and {@code result}.
 */
@NullMarked
package dev.noether.lab.reproduce.page;

import org.jspecify.annotations.NullMarked;
