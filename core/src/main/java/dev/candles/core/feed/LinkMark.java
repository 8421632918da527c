package dev.candles.core.feed;

/**
 * Something happened to a connection: what venue health is judged by.
 *
 * @param connection which of the venue's connections, from 0
 * @param live true for a live frame after (re)connect, false for a failure
 * @param atMs market time, epoch ms, UTC
 * @param error what failed, empty if nothing did
 */
public record LinkMark(String venue, int connection, boolean live, long atMs, String error) {}
