"""The annual report (政府信息公开工作年度报告) in the form of 国办公开办函〔2021〕30号: written as a file, and read from published ones.

``layout`` describes the form once; the writers and the reading both go by it. It knows neither the database nor the web.
"""
