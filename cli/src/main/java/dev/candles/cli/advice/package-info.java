/** Commands that a person is told to type. */
@NullMarked
package dev.candles.cli.advice;

import org.jspecify.annotations.NullMarked;
