-- post.lua: wrk posts a form of one kilobyte.
wrk.method = "POST"
wrk.body = "text=" .. string.rep("a", 1000)
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
