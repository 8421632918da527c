/**
 * The outcome of the daily QA: the model that all reports are made from, text, JSON, certificate.
 */
@NullMarked
package dev.candles.batch.quality.report;

import org.jspecify.annotations.NullMarked;
