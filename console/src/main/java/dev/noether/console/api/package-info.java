/** The answers of the console: what the page asks for, as JSON. docs/console.md describes each. */
@NullMarked
package dev.noether.console.api;

import org.jspecify.annotations.NullMarked;
