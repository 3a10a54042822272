/**
 * The console: a page that shows what a detector finds, and collects what people say of it. It follows the detector's
 * topics into a store of its own ({@code store}, {@code follow}) and answers a page's questions ({@code http}, {@code
 * api}). It runs no Flink and no model.
 */
@NullMarked
package dev.noether.console;

import org.jspecify.annotations.NullMarked;
