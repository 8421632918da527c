/** Coverage, gaps and single intervals as text and JSON for people and scripts. */
@NullMarked
package dev.candles.cli.account;

import org.jspecify.annotations.NullMarked;
