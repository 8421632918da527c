/** Tells people of alerts: the log and webhooks, beside the job and within bounds. */
@NullMarked
package dev.candles.job.alert;

import org.jspecify.annotations.NullMarked;
