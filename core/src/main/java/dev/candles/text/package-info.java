/**
 * Words that people type and words that they are shown, whatever they are about: beside the domain
 * and not of it.
 */
@NullMarked
package dev.candles.text;

import org.jspecify.annotations.NullMarked;
