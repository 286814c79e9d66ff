"""Letters (文书): decided fields in, a Word file out. Knows neither the database nor the web."""
